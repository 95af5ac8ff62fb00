import { Problem } from './domain/api/problem.ts';
import { apiRoutes, methodsOf } from './domain/api/routes.ts';
import { http, type Respond } from './runtime/http.ts';
import { lambda } from './runtime/lambda.ts';

const whatExists = apiRoutes.map(({ method, path, does }) => `${method} ${path} ${does}`).join('; ');

/** Refuses whatever no route takes: a path with another method, or a path that is not there. Throws a Problem. */
export const refuseRequest =
  (): Respond =>
  async ({ path }) => {
    const allow = methodsOf(path);
    if (allow.length === 0) throw new Problem('not-found', `There is no such path here: ${whatExists}.`);
    throw new Problem('method-not-allowed', `This path has only ${allow.join(', ')}: ${whatExists}.`, {
      allow,
    });
  };

export const assemble = http(() => refuseRequest());

export const handler = lambda(assemble);
