/** One page: a document that needs nothing but itself. Text is escaped by the renderer. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { packageVersion } from '../../experiments/harness/environment.js';

import { htmlWithoutHome, withoutHomes } from './home.js';

/** A part of a page with a place in its navigation. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: ComponentChildren;
}

export interface PageContent {
  readonly title: string;
  /** What the page is about, in a sentence or two. */
  readonly lead: ComponentChildren;
  readonly sections: readonly Section[];
  /** By the id of a script element: what the page's own code reads, as JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Bundles of the page's own code and style, which the build puts beside this module. */
const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** JSON that no HTML parser takes for markup. */
const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** Only the code of the page runs, whatever else got into it, and nothing is asked of a network. */
function policyText(code: string): string {
  const digest = createHash('sha256').update(code).digest('base64');
  return [
    "default-src 'none'",
    // Vega compiles the expressions of a specification.
    `script-src 'sha256-${digest}' 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const raw = (html: string) => ({ dangerouslySetInnerHTML: { __html: html } });

const Contents = ({ sections }: { readonly sections: readonly Section[] }) => (
  <nav class="contents" aria-label="Contents">
    <ul>
      {sections.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  </nav>
);

function Document({ content, code, style }: { content: PageContent; code: string; style: string }): VNode {
  const { title, lead, sections, data } = content;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyText(code)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content={`ds2p-bench ${packageVersion()}`} />
        <title>{title}</title>
        <style {...raw(style)} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <h1>{title}</h1>
          <div class="lead">{lead}</div>
          <div id="page-tools" />
          <noscript>
            <p class="note">
              The tables below need no JavaScript, the figures do. They are also in the folder of results, as
              SVG and PNG.
            </p>
          </noscript>
        </header>
        <Contents sections={sections} />
        <main id="main">
          {sections.map(({ id, title: heading, body }) => (
            <section key={id} id={id} aria-labelledby={`${id}-title`}>
              <h2 id={`${id}-title`}>{heading}</h2>
              {body}
            </section>
          ))}
        </main>
        <footer>
          <p>Made by ds2p-bench {packageVersion()}. This file asks nothing of a network.</p>
        </footer>
        {Object.entries(data).map(([id, value]) => (
          <script key={id} id={id} type="application/json" {...raw(jsonText(withoutHomes(value)))} />
        ))}
        <script {...raw(code)} />
      </body>
    </html>
  );
}

/** The whole file as text, without the home folder of anybody. */
export function pageText(content: PageContent): string {
  const document = (
    <Document content={content} code={asset('page-code.js')} style={asset('page-style.css')} />
  );
  return `<!doctype html>\n${htmlWithoutHome(renderToString(document))}\n`;
}
