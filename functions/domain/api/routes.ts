/** What the HTTP API has, in API Gateway's notation of paths. */
export const apiRoutes = [
  { method: 'POST', path: '/', does: 'creates and destroys runners' },
  { method: 'POST', path: '/runners', does: 'creates and destroys runners' },
  { method: 'GET', path: '/runners/{label}', does: 'shows the runners of a label' },
  { method: 'GET', path: '/openapi.json', does: 'describes all of this (OpenAPI 3.1)' },
] as const;

const isMatch = (pattern: string, path: string): boolean => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) =>
      segment.startsWith('{') ? given[index] !== '' : segment === given[index],
    )
  );
};

/** The methods that a path has; none when there is no such path. */
export const methodsOf = (path: string): readonly string[] =>
  apiRoutes.filter((route) => isMatch(route.path, path)).map(({ method }) => method);
