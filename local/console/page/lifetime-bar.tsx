import type { Moment, ShownJob, ShownLife } from '../console-state.ts';
import { useNow } from './clock.ts';
import { type Phase, phasesOf } from './phases.ts';

const share = (moment: Moment, from: Moment, to: Moment): number =>
  Math.min(100, Math.max(0, ((moment - from) / (to - from)) * 100));

const Part = ({ phase, from, to }: { readonly phase: Phase; readonly from: Moment; readonly to: Moment }) => {
  const left = share(phase.from, from, to);
  return (
    <span
      class="phase"
      data-phase={phase.kind}
      style={{ left: `${left}%`, width: `${share(phase.to, from, to) - left}%` }}
    />
  );
};

/** The life's hour, filled as far as it has come, by what it was used for. The card's text says the same. */
export const LifetimeBar = ({
  life,
  job,
}: {
  readonly life: ShownLife;
  readonly job: ShownJob | undefined;
}) => {
  const now = useNow();
  const { requestedAt, deadline } = life;
  if (deadline === undefined) return null;
  return (
    <div class="lifetime" aria-hidden="true">
      {phasesOf(life, job, now).map((phase) => (
        <Part key={phase.kind} phase={phase} from={requestedAt} to={deadline} />
      ))}
    </div>
  );
};
