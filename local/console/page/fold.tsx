import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Data } from './data.tsx';

interface UnfoldingProps {
  readonly summary: ComponentChildren;
  /** Unfolds it when it becomes true; after that it is the reader's. */
  readonly isWanted?: boolean;
  readonly class?: string;
  /** What is in it, which is made only while it is unfolded. */
  readonly children: () => ComponentChildren;
}

/** Something that unfolds. A long history holds hundreds of them, so that what is folded must cost nothing. */
export const Unfolding = ({ summary, isWanted = false, class: className, children }: UnfoldingProps) => {
  const [isOpen, setOpen] = useState(isWanted);
  useEffect(() => {
    if (isWanted) setOpen(true);
  }, [isWanted]);
  return (
    <details class={className} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
};

/** Data that unfolds. */
export const Fold = ({ title, value }: { readonly title: string; readonly value: unknown }) => (
  <Unfolding class="fold" summary={title}>
    {() => <Data value={value} />}
  </Unfolding>
);
