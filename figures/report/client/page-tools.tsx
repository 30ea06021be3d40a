/** The switch between light and dark, and the button that prints. */
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

export function PageTools() {
  const [theme, setTheme] = useState(remembered);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
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
