import type { CloudEvent } from '../../local/aws/events/event-bus.ts';
import type { FunctionInvoker } from '../../local/aws/lambda/function-invoker.ts';
import { createProgress } from '../../local/progress.ts';
import type { SimulationOptions } from '../../local/simulation.ts';
import type { Canaries } from './canaries.ts';
import { secretsIn } from './learned-secrets.ts';

const watchedFunctions =
  (canaries: Canaries) =>
  (invoker: FunctionInvoker): FunctionInvoker => ({
    ...invoker,
    close: () => invoker.close(),
    invoke: async (reference, payload) => {
      const result = await invoker.invoke(reference, payload);
      canaries.scan('input of a function', payload);
      canaries.scan('answer of a function', result);
      return result;
    },
  });

/** The options of a simulation with eyes at every outlet; a credential of its own is a canary too. */
export const withCanaries = (
  options: SimulationOptions & Required<Pick<SimulationOptions, 'credential'>>,
  canaries: Canaries,
): SimulationOptions => {
  const { watcher = {}, misfortunes = {}, onLog, between } = options;
  const progress = createProgress((line) => canaries.scan('line of npm start', line));
  for (const [name, secret] of secretsIn(options.credential.secret)) canaries.learn(name, secret);
  return {
    ...options,
    onLog: (line) => {
      canaries.scan(`log of ${line.name}`, line.message);
      progress.logged(line.name, line.message);
      onLog?.(line);
    },
    between: (invoker) => watchedFunctions(canaries)(between?.(invoker) ?? invoker),
    misfortunes: {
      ...misfortunes,
      deliveries: (event: CloudEvent) => {
        canaries.scan(`event ${event['detail-type']}`, event);
        return misfortunes.deliveries?.(event) ?? [0];
      },
    },
    watcher: {
      ...watcher,
      onExchange: (exchange) => {
        canaries.exchange(exchange);
        watcher.onExchange?.(exchange);
      },
      onStateEvent: (execution, event) => {
        const { input = '', output = '', error = '', cause = '' } = event;
        for (const text of [input, output, error, cause]) canaries.scan(`history event ${event.type}`, text);
        progress.event(execution, event);
        watcher.onStateEvent?.(execution, event);
      },
      onInstance: (instance) => {
        canaries.instance(instance);
        watcher.onInstance?.(instance);
      },
      onDeadLetter: (queue, payload) => {
        canaries.scan('dead letter', payload);
        watcher.onDeadLetter?.(queue, payload);
      },
      onDecision: (decision) => {
        canaries.scan('request to IAM', decision);
        watcher.onDecision?.(decision);
      },
    },
  };
};
