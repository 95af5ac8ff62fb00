import { jsonResponse } from '../wire/http-exchange.ts';
import type { Call } from './controlled-cloud.ts';
import { readQueryString, textValue } from './fields.ts';
import { ControlProblem } from './problem.ts';

/** Shows one execution with its history: `?state_machine=…&name=…`. */
export const getExecution: Call = (cloud, { path }) => {
  const { state_machine: stateMachine, name } = readQueryString(path, {
    state_machine: textValue,
    name: textValue,
  });
  const detail = cloud.execution(stateMachine, name);
  if (detail === undefined)
    throw new ControlProblem(404, `${stateMachine} has no execution of the name ${name}.`);
  return jsonResponse(200, detail);
};
