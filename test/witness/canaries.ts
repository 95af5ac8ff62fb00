import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import type { LocalCloud } from '../../local/local-cloud.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { jitConfigOf, secretsOf } from './learned-secrets.ts';
import { SecretIndex } from './secret-forms.ts';
import { userDataOf, wireOutlets } from './wire-outlets.ts';

/** A secret that was seen where none may be. */
export interface Leak {
  readonly secret: string;
  readonly where: string;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const runnerOf = (script: string): string => /^RUNNER_NAME='([^']+)'$/m.exec(script)?.[1] ?? '';

/** Texts come again and again: a state's output is the next one's input. */
const rememberedTexts = 1_000;

/** Learns the secrets of a cloud, and looks for them wherever something gets out of it. */
export class Canaries {
  readonly #index = new SecretIndex();
  readonly #leaks = new Map<string, Leak>();
  readonly #clean = new Set<string>();
  readonly #texts = new Map<string, string>();

  get leaks(): readonly Leak[] {
    return [...this.#leaks.values()];
  }

  learn(name: string, secret: string | Buffer): void {
    this.#index.learn(name, secret);
    if (typeof secret === 'string') this.#texts.set(name, secret);
    this.#clean.clear();
  }

  /** Looks for secrets in whatever comes out somewhere. */
  scan(where: string, value: unknown): void {
    const text = textOf(value);
    if (this.#clean.has(text)) return;
    const found = this.#index.find(text);
    for (const secret of found) this.#leaks.set(`${secret} ${where}`, { secret, where });
    if (found.size > 0) return;
    if (this.#clean.size >= rememberedTexts) this.#clean.clear();
    this.#clean.add(text);
  }

  /** A machine's script holds its own runner's configuration, once, and nothing else. */
  scanUserData(script: string): void {
    const own = jitConfigOf(runnerOf(script));
    const config = this.#texts.get(own) ?? '';
    const where = `user data of ${own}`;
    if (config === '' || script.split(config).length !== 2)
      this.#leaks.set(where, { secret: own, where: `${where}, where it is not once` });
    this.scan(`${where}, beside its own`, script.replace(config, ''));
  }

  exchange(exchange: WireExchange): void {
    for (const [name, secret] of secretsOf(exchange)) this.learn(name, secret);
    for (const [where, text] of wireOutlets(exchange)) this.scan(where, text);
    const script = userDataOf(exchange);
    if (script !== undefined) this.scanUserData(script);
  }

  instance({ tags, console, postedConsole, stateReason }: FakeInstance): void {
    this.scan('tags', tags);
    this.scan('console', console);
    this.scan('console', postedConsole);
    this.scan('state reason', stateReason ?? '');
  }

  /** What is still there to be seen when all is over. */
  remains({ control, executions, schedules, parameters, stack, fleet }: LocalCloud): void {
    this.scan('/_local/state', control.snapshot());
    for (const { name, stateMachine } of executions.all)
      this.scan('/_local execution', control.execution(stateMachine.name, name));
    for (const schedule of schedules.all) this.scan('schedule', schedule);
    for (const { name } of stack.parameters) this.scan('parameter', parameters.get(name) ?? '');
    for (const instance of fleet.all) this.instance(instance);
  }
}

/** Throws when a secret was seen anywhere. */
export const requireNoLeak = ({ leaks }: Canaries): void => {
  const lines = leaks.map(({ secret, where }) => `${secret}: ${where}`);
  if (lines.length > 0) throw new Error(`Secrets got out:\n${lines.join('\n')}`);
};
