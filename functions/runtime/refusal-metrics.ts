import { problemOf } from '../domain/api/problem-of-error.ts';
import type { Measure } from '../domain/metrics.ts';
import type { Respond } from './http.ts';

/** Counts what `respond` refuses, by the rule of admission or, where there is none, the kind of refusal. */
export const countingRefusals =
  (measure: Measure, respond: Respond): Respond =>
  async (request) => {
    try {
      return await respond(request);
    } catch (error) {
      const problem = problemOf(error);
      const { rule = problem.kind, label } = problem.members;
      measure('RequestsRefused', 1, { Rule: rule }, label === undefined ? {} : { label });
      throw problem;
    }
  };
