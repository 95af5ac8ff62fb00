import { again, errorAdvice, unknownErrorAdvice } from '../error-advice.ts';
import type { Execution } from '../ports.ts';

/** What whoever runs the workflow does now that its provision has not succeeded. */
export const whatToDo = ({ name, status, error = '' }: Execution): string =>
  status === 'ABORTED' ? again : (errorAdvice(error)?.whatToDo ?? unknownErrorAdvice(name));
