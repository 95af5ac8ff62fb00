import type {
  ConsoleState,
  ShownInstance,
  ShownJob,
  ShownLife,
  ShownRegistration,
} from '../console-state.ts';
import { call } from './call.ts';
import { useNow } from './clock.ts';
import { jobOf, newJob, takesJob } from './jobs.ts';
import { LifetimeBar } from './lifetime-bar.tsx';
import type { Said } from './outcome-text.tsx';
import { countdownText, spanText } from './time-text.ts';

interface LifeProps {
  readonly life: ShownLife;
  readonly state: ConsoleState;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onSaid: (said: Said) => void;
}

/** How long the job is that a card's own button queues. */
const jobMinutes = 10;

const Deadline = ({ life: { deadline, isOver } }: { readonly life: ShownLife }) => {
  const now = useNow();
  if (deadline === undefined || isOver) return null;
  const isDue = deadline <= now;
  return (
    <span class="deadline" data-near={deadline - now < 300_000}>
      <time
        dateTime={new Date(deadline).toISOString()}
        title={`Deadline ${new Date(deadline).toISOString()}`}
      >
        {isDue ? spanText(now - deadline) : countdownText(deadline - now)}
      </time>{' '}
      {isDue ? 'past its deadline' : 'left'}
    </span>
  );
};

const shortId = (id: string): string => `i-…${id.slice(-4)}`;

const Machine = ({ instance }: { readonly instance: ShownInstance }) => (
  <li class="fact" data-state={instance.state}>
    <span class="market" data-market={instance.market}>
      {instance.market}
    </span>{' '}
    {instance.instanceType} <span class="faint">{instance.availabilityZone}</span>{' '}
    <abbr class="code" title={instance.id}>
      {shortId(instance.id)}
    </abbr>{' '}
    {instance.state}
    {instance.stateReason?.startsWith('Server.') && <span class="taken"> {instance.stateReason}</span>}
  </li>
);

const Runner = ({ registration }: { readonly registration: ShownRegistration }) => (
  <li class="fact">
    runner {registration.isOnline ? 'online' : 'offline'}
    {registration.isBusy ? ', busy' : ''}
  </li>
);

const Job = ({ job }: { readonly job: ShownJob }) => {
  const now = useNow();
  const left = job.startedAt === undefined ? undefined : job.startedAt + job.durationSeconds * 1_000 - now;
  return (
    <li class="fact" data-job={job.status}>
      job {job.id}{' '}
      {job.status === 'in_progress' && left !== undefined
        ? `runs, ${countdownText(left)} to go`
        : (job.conclusion ?? job.status)}
    </li>
  );
};

const Facts = ({ life, state: { jobs, registrations } }: Pick<LifeProps, 'life' | 'state'>) => {
  const job = jobOf(life, jobs);
  return (
    <ul class="facts">
      {life.instances.map((instance) => (
        <Machine key={instance.id} instance={instance} />
      ))}
      {registrations
        .filter((registration) => registration.life === life.name)
        .map((registration) => (
          <Runner key={registration.id} registration={registration} />
        ))}
      {job !== undefined && <Job job={job} />}
    </ul>
  );
};

const Actions = ({ life, state, onSaid }: Pick<LifeProps, 'life' | 'state' | 'onSaid'>) => {
  const spot = life.instances.find(
    ({ market, state: of }) => market === 'spot' && (of === 'pending' || of === 'running'),
  );
  const queue = async (): Promise<void> => {
    const outcome = await call('POST', '/_local/jobs', newJob(life, state.settings, jobMinutes));
    onSaid({ outcome, done: `A job of ${jobMinutes} min is queued for ${life.architecture}.` });
  };
  const interrupt = async (id: string): Promise<void> => {
    const outcome = await call('POST', '/_local/interruptions', { instance_id: id });
    onSaid({ outcome, done: `EC2 takes ${id} back.` });
  };
  return (
    <div class="actions">
      {takesJob(life, state.jobs) && (
        <button type="button" class="quiet" aria-label={`Queue job for ${life.name}`} onClick={queue}>
          Queue job
        </button>
      )}
      {spot !== undefined && (
        <button
          type="button"
          class="quiet"
          aria-label={`Interrupt the spot instance of ${life.name}`}
          onClick={() => interrupt(spot.id)}
        >
          Interrupt
        </button>
      )}
    </div>
  );
};

/** One life: its status and deadline, its machine, runner and job. */
export const LifeCard = ({ life, state, isChosen, onChoose, onSaid }: LifeProps) => (
  <li class="life" data-status={life.status} data-chosen={isChosen}>
    <div class="life-head">
      <span class="status" data-status={life.status}>
        {life.status}
      </span>
      <h4>
        <button type="button" class="choose" aria-pressed={isChosen} onClick={onChoose}>
          {life.architecture}
          <span class="ordinal" aria-hidden={life.n === 1}>
            {life.n === 1 ? '' : ` (${life.n})`}
          </span>
          <span class="unseen"> of {life.label}</span>
        </button>
      </h4>
      <div class="life-end">
        <Actions life={life} state={state} onSaid={onSaid} />
        <Deadline life={life} />
      </div>
    </div>
    <LifetimeBar life={life} job={jobOf(life, state.jobs)} />
    <Facts life={life} state={state} />
    {life.reason !== undefined && <p class="reason">{life.reason}</p>}
  </li>
);
