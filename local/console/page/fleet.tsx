import type { ShownLife } from '../console-state.ts';
import { textIn } from '../listed.ts';
import { useConsole } from './console-context.ts';
import { isPastRun, jobOf, statusWord } from './jobs.ts';
import { LifeCard } from './life-card.tsx';
import { Listing } from './listing.tsx';

/** All lives of a label, which are asked for and destroyed together. */
const LabelGroup = ({ label, lives }: { readonly label: string; readonly lives: readonly ShownLife[] }) => {
  const { perform } = useConsole();
  const destroy = () =>
    perform('POST', '/runners', { operation: 'destroy', label }, `${label} is being destroyed.`);
  return (
    <li>
      <div class="row label-head">
        <h3 class="code">{label}</h3>
        {!lives.every(isPastRun) && (
          <button type="button" class="quiet" aria-label={`Destroy ${label}`} onClick={destroy}>
            Destroy
          </button>
        )}
      </div>
      <ul class="lives">
        {lives.map((life) => (
          <LifeCard key={life.name} life={life} />
        ))}
      </ul>
    </li>
  );
};

const shows: Readonly<Record<string, (life: ShownLife) => boolean>> = {
  Live: ({ isOver }) => !isOver,
  Over: ({ isOver }) => isOver,
  All: () => true,
};

/** The lives, those that something is left of or those that are over, by their labels. */
export const FleetPanel = () => {
  const { state, address, go } = useConsole();
  const show = address['fleet.show'] ?? 'Live';
  const lives = state.lives.filter(shows[show] ?? (() => true));
  const textOf = (life: ShownLife): string => {
    const { name, architecture, instances, reason } = life;
    return textIn([name, architecture, statusWord(life, jobOf(life, state.jobs)), instances, reason]);
  };
  const choose = (
    <select
      aria-label="Which runners"
      value={show}
      onChange={({ currentTarget: { value } }) =>
        go({ 'fleet.show': value === 'Live' ? '' : value, 'fleet.page': '' })
      }
    >
      {Object.entries(shows).map(([name, is]) => (
        <option key={name} value={name}>
          {`${name} ${state.lives.filter(is).length}`}
        </option>
      ))}
    </select>
  );
  return (
    <section class="panel fleet" id="fleet" aria-labelledby="fleet-title" tabIndex={-1}>
      <h2 class="unseen" id="fleet-title">
        Fleet
      </h2>
      <Listing name="fleet" title="runners" items={lives} textOf={textOf} size={20} beside={choose}>
        {(shown) => (
          <ul class="groups">
            {[...Map.groupBy(shown, ({ label }) => label)].map(([label, group]) => (
              <LabelGroup key={label} label={label} lives={group} />
            ))}
          </ul>
        )}
      </Listing>
      {state.lives.length === 0 && (
        <p class="faint">
          No runners yet. Request some above, or as a workflow does: <code>POST /runners</code>.
        </p>
      )}
    </section>
  );
};
