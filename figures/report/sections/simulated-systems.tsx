/** The systems that a study of placement problems simulates. */
import type { FolderFacts } from '../facts.js';
import { Configurations } from './configuration.js';

/** Their parameters; nothing where all problems were generated, or the manifest does not tell. */
export function SimulatedSystems({ folder }: { readonly folder: FolderFacts }) {
  if (folder.manifest === undefined || folder.manifest.presets.length === 0) return null;
  return (
    <>
      <h3>The simulated systems</h3>
      <p class="prose">
        Simulated problems are those of the decisions of such systems, in which keys move as the reading{' '}
        <code>sound</code> places them by local search, which is quick at every size.
        {folder.manifest.placement?.capacity === 'tight'
          ? ' Storage is tight: all compute nodes hold equally much, those at the edge 30 % of the bytes in use together, and the data store may host keys.'
          : ''}
      </p>
      <Configurations folders={[folder]} />
    </>
  );
}
