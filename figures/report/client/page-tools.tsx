/** The switch between light and dark, and what a printer needs. */
import { useEffect, useState } from 'preact/hooks';
import { Select } from './controls.js';

const KEY = 'ds2p-theme';

/** A page from a file may be denied the browser's memory; then the choice lasts until it is closed. */
function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing depends on it.
  }
}

/** What stays folded on paper: data that are in files beside the page, and would fill many sheets. */
const STAYS_FOLDED = '.points, .stays-folded';

/** Other parts of a page that are folded away are unfolded on paper. */
function unfoldWhenPrinted(): () => void {
  let opened: HTMLDetailsElement[] = [];
  const before = () => {
    opened = [...document.querySelectorAll('details:not([open])')] as HTMLDetailsElement[];
    for (const details of opened) details.open = !details.matches(STAYS_FOLDED);
  };
  const after = () => {
    for (const details of opened) details.open = false;
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}

export function PageTools() {
  const [theme, setTheme] = useState(remembered);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(unfoldWhenPrinted, []);
  return (
    <div class="tools">
      <Select
        label="Colours"
        value={theme}
        options={['auto', 'light', 'dark'].map((value) => ({ value, label: value }))}
        onChange={(value) => {
          remember(value);
          setTheme(value);
        }}
      />
      <button type="button" onClick={() => window.print()}>
        Print
      </button>
    </div>
  );
}
