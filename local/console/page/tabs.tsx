import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

interface TabsProps {
  readonly tabs: readonly { readonly name: string; readonly text: string; readonly count: number }[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  /** What the chosen tab shows. */
  readonly children: ComponentChildren;
}

const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as the authoring practices have them: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export const Tabs = ({ tabs, chosen, onChoose, children }: TabsProps) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex(({ name }) => name === chosen);

  const move = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    if (step === undefined) return;
    const next = (at + step + tabs.length) % tabs.length;
    event.preventDefault();
    onChoose(tabs[next]?.name ?? '');
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };

  // It scrolls, and may hold nothing else that takes the focus.
  const panel = {
    role: 'tabpanel',
    id: `${id}-panel`,
    tabIndex: 0,
    'aria-labelledby': `${id}-${chosen}`,
  } as const;

  return (
    <>
      <div class="row tabs" role="tablist" ref={list} onKeyDown={move}>
        {tabs.map(({ name, text, count }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === chosen}
            aria-controls={panel.id}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {text} {count > 0 && <span class="faint">{count}</span>}
          </button>
        ))}
      </div>
      <div class="tab-panel" {...panel}>
        {children}
      </div>
    </>
  );
};
