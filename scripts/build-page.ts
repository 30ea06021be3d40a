/** Bundles the code and the style of pages: a page is one file and carries both. Part of `npm run build`. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The sources, seen from the compiled script. */
const SOURCES = new URL('../../figures/report/client/', import.meta.url);
/** Beside the module that puts pages together. */
const TARGET = fileURLToPath(new URL('../figures/report/', import.meta.url));

await build({
  entryPoints: {
    'page-code': fileURLToPath(new URL('main.tsx', SOURCES)),
    'page-style': fileURLToPath(new URL('style.css', SOURCES)),
  },
  outdir: TARGET,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  // Licences ask that their notices go along.
  legalComments: 'eof',
  tsconfig: fileURLToPath(new URL('tsconfig.json', SOURCES)),
  logLevel: 'warning',
});
