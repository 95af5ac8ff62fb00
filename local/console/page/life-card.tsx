import type { ShownInstance, ShownJob, ShownLife } from '../console-state.ts';
import { lifeHash } from './address.ts';
import { Badge } from './badge.tsx';
import { useNow } from './clock.ts';
import { useConsole } from './console-context.ts';
import { jobOf, labelsOf, newJob, runOfJob, statusWord, takesJob } from './jobs.ts';
import { LifetimeBar } from './lifetime-bar.tsx';
import { countdownText, spanText } from './time-text.ts';

interface LifeProps {
  readonly life: ShownLife;
  readonly job: ShownJob | undefined;
}

/** How long the job is that a card's own button queues. */
const jobMinutes = 10;

const Deadline = ({ life: { deadline, isOver } }: Pick<LifeProps, 'life'>) => {
  const now = useNow();
  if (deadline === undefined || isOver) return null;
  const isDue = deadline <= now;
  const date = new Date(deadline).toISOString();
  return (
    <span class="deadline" data-near={deadline - now < 300_000}>
      <time dateTime={date} title={`Deadline ${date}`}>
        {isDue ? spanText(now - deadline) : countdownText(deadline - now)}
      </time>{' '}
      {isDue ? 'late' : 'left'}
    </span>
  );
};

const Machine = ({ instance }: { readonly instance: ShownInstance }) => (
  <li data-state={instance.state}>
    <Badge of={instance.market} /> {instance.instanceType}{' '}
    <span class="faint">{instance.availabilityZone}</span>{' '}
    <abbr class="code" title={instance.id}>
      i-…{instance.id.slice(-4)}
    </abbr>{' '}
    {instance.state}
    {instance.stateReason?.startsWith('Server.') && <span class="bad"> {instance.stateReason}</span>}
  </li>
);

const Job = ({ job: { id, status, conclusion, startedAt, durationSeconds } }: { readonly job: ShownJob }) => {
  const now = useNow();
  const left = startedAt === undefined ? 0 : startedAt + durationSeconds * 1_000 - now;
  return (
    <li>
      job {id}{' '}
      {status === 'in_progress' ? `runs, ${countdownText(left)} to go` : <Badge of={conclusion ?? status} />}
    </li>
  );
};

const Facts = ({ life, job }: LifeProps) => {
  const { registrations } = useConsole().state;
  return (
    <ul class="row small">
      {life.instances.map((instance) => (
        <Machine key={instance.id} instance={instance} />
      ))}
      {registrations
        .filter((registration) => registration.life === life.name)
        .map(({ id, isOnline }) => (
          <li key={id}>runner {isOnline ? 'online' : 'offline'}</li>
        ))}
      {job !== undefined && <Job job={job} />}
    </ul>
  );
};

const Actions = ({ life }: Pick<LifeProps, 'life'>) => {
  const { state, perform } = useConsole();
  const spot = life.instances.find(
    ({ market, state: of }) => market === 'spot' && (of === 'pending' || of === 'running'),
  );
  const queue = () =>
    perform(
      'POST',
      '/_local/jobs',
      newJob(labelsOf(life), jobMinutes, runOfJob(life, state.settings)),
      `A job of ${jobMinutes} min is queued for ${life.architecture}.`,
    );
  const interrupt = (id: string) =>
    perform('POST', '/_local/interruptions', { instance_id: id }, `EC2 takes ${id} back.`);
  return (
    <span class="actions">
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
    </span>
  );
};

/** One life: its status and deadline, its machine, runner and job. The whole card opens its execution. */
export const LifeCard = ({ life }: Pick<LifeProps, 'life'>) => {
  const { state, address, chosen } = useConsole();
  const job = jobOf(life, state.jobs);
  const isChosen = chosen?.life.name === life.name;
  const status = statusWord(life, job);
  return (
    <li class="life" data-is={status} data-chosen={isChosen}>
      <div class="life-head">
        <Badge of={status} />
        <h4>
          <a class="choose" href={lifeHash(address, life.name)} aria-current={isChosen}>
            {life.architecture}
            {life.n > 1 && ` (${life.n})`}
            <span class="unseen"> of {life.label}</span>
          </a>
        </h4>
        <Actions life={life} />
        <Deadline life={life} />
      </div>
      <LifetimeBar life={life} job={job} />
      <Facts life={life} job={job} />
      {life.reason !== undefined && <p class="reason small">{life.reason}</p>}
    </li>
  );
};
