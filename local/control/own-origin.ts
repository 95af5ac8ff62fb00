import type { HttpRequest } from '../wire/http-exchange.ts';
import { ControlProblem } from './problem.ts';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Refuses what a page of another site makes a browser send here. A browser names the page's origin in every
 * request that could change something, so it must be this server's own
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin); and a name of the site's own that was
 * bound to this machine's address afterwards (DNS rebinding) stands in `Host`, which must be a name of the
 * loopback address. Programs other than browsers send no origin. Throws ControlProblem.
 */
export const requireOwnOrigin = ({ headers }: Pick<HttpRequest, 'headers'>): void => {
  const { host, origin } = headers;
  if (host !== undefined && !loopbackHost.test(host))
    throw new ControlProblem(403, `This is only served as 127.0.0.1 or localhost, not as ${host}.`);
  if (origin !== undefined && origin.toLowerCase() !== `http://${host ?? ''}`.toLowerCase())
    throw new ControlProblem(403, `A page of ${origin} may not call this.`);
};
