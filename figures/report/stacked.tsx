/** A number with its half-width in small print below, where many columns share a line. */

export const Stacked = ({
  value,
  below = [],
}: {
  readonly value: string;
  readonly below?: readonly string[];
}) => (
  <>
    {value} {below.length === 0 ? '' : <small>{below.join(' ')}</small>}
  </>
);
