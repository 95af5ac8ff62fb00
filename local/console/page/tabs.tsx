import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

export interface Tab {
  readonly name: string;
  readonly text: string;
  readonly count: number;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  /** What the chosen tab shows; it is given the id of the tab that names it. */
  readonly children: (tabId: string) => ComponentChildren;
}

const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as the authoring practices have them: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export const Tabs = ({ tabs, chosen, onChoose, children }: TabsProps) => {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const idOf = (name: string): string => `${id}-${name}`;

  const move = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ name }) => name === chosen);
    const target = tabs[(at + step + tabs.length) % tabs.length];
    if (target === undefined) return;
    event.preventDefault();
    onChoose(target.name);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(idOf(target.name))}`)?.focus();
  };

  return (
    <>
      <div class="tabs" role="tablist" ref={list} onKeyDown={move}>
        {tabs.map(({ name, text, count }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={idOf(name)}
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {text} <span class="count">{count}</span>
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else that takes the focus */}
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={idOf(chosen)} tabIndex={0}>
        {children(idOf(chosen))}
      </div>
    </>
  );
};
