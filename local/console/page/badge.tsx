import type { ComponentChildren } from 'preact';

/** A word in the colour of what it says. */
export const Badge = ({
  of,
  children = of,
}: {
  readonly of: string;
  readonly children?: ComponentChildren;
}) => (
  <span class="badge" data-is={of}>
    {children}
  </span>
);
