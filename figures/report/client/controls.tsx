/** What a reader sets: a choice of one value, and series that are shown or hidden. */
import { CommandText } from '../command-text.js';

interface Option {
  readonly value: string;
  readonly label: string;
  /** Options of one group follow each other, and stand below its name. */
  readonly group?: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

const Choices = ({ options }: { readonly options: readonly Option[] }) =>
  options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));

export function Select({ label, value, options, onChange }: SelectProps) {
  const groups = [...new Set(options.flatMap(({ group }) => group ?? []))];
  return (
    <label class="control">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <Choices options={options.filter(({ group }) => group === undefined)} />
        {groups.map((name) => (
          <optgroup key={name} label={name}>
            <Choices options={options.filter(({ group }) => group === name)} />
          </optgroup>
        ))}
      </select>
    </label>
  );
}

interface FilterProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly colors?: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (label: string) => void;
}

/** The legend as switches, which a keyboard reaches. */
export function Filter({ title, labels, colors, hidden, onToggle }: FilterProps) {
  return (
    <fieldset class="filter">
      <legend>{title}</legend>
      {labels.map((label, i) => (
        <label key={label}>
          <input type="checkbox" checked={!hidden.has(label)} onChange={() => onToggle(label)} />
          {colors?.[i] !== undefined && <span class="swatch" style={{ background: colors[i] }} />}
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** A command to be typed, with a button that copies it. */
export function Command({ text }: { readonly text: string }) {
  const copy = async (button: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Copy it by hand';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  };
  return (
    <span class="command">
      <CommandText text={text} />
      <button type="button" onClick={({ currentTarget }) => void copy(currentTarget)}>
        Copy
      </button>
    </span>
  );
}
