import type { StackRoute, Throttle } from '../../template/stack-http-api.ts';

/** What a stage limits: every route by itself, and those that are not named all alike. */
export interface StageThrottling {
  readonly ofStage?: Throttle;
  readonly ofRoutes: ReadonlyMap<string, Throttle>;
}

const fallback = '$default';

/** The limits of the template's routes; `$default` stands for whatever has no limits of its own. */
export const throttlingOf = (routes: readonly StackRoute[]): StageThrottling => {
  const ofStage = routes.find(({ routeKey }) => routeKey === fallback)?.throttle;
  const ofRoutes = routes.flatMap(({ routeKey, throttle }) =>
    throttle === undefined || routeKey === fallback ? [] : [[routeKey, throttle] as const],
  );
  return { ofRoutes: new Map(ofRoutes), ...(ofStage === undefined ? {} : { ofStage }) };
};

/** The limits of a route: its own stand before the stage's. */
export const throttleOfRoute = (
  { ofStage, ofRoutes }: StageThrottling,
  routeKey: string,
): Throttle | undefined => ofRoutes.get(routeKey) ?? ofStage;
