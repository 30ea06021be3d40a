/** A command to be typed, which is broken between its arguments only, as far as they are no longer than a line. */
import { Fragment } from 'preact';

/** What a shell takes for one word: quoted parts may hold spaces. */
const WORDS = /(?:'[^']*'|"[^"]*"|[^\s'"])+|['"]/g;

export const CommandText = ({ text }: { readonly text: string }) => (
  <code class="words" title={text}>
    {(text.match(WORDS) ?? []).map((word, i) => (
      <Fragment key={String(i)}>
        {i > 0 && ' '}
        <span>{word}</span>
      </Fragment>
    ))}
  </code>
);
