/** A part of a page that may be wider than the window: it scrolls, and a keyboard can reach it for that. */
import type { ComponentChildren } from 'preact';

export const Scroll = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) => (
  <section class="scroll" tabIndex={0} aria-label={label}>
    {children}
  </section>
);
