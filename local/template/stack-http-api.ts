import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { TemplateUnresolvable } from './intrinsics.ts';
import { asNumber, asProperties, asText } from './properties.ts';
import type { StackResource, Template } from './template.ts';

/** A token bucket: so many requests at once, and so many each second after them. */
export interface Throttle {
  readonly burst: number;
  readonly ratePerSecond: number;
}

export interface StackRoute {
  /** `POST /runners`, or `$default`. */
  readonly routeKey: string;
  /** The function's name or ARN. */
  readonly functionReference: string;
  /** Absent when the stage does not throttle the route. */
  readonly throttle?: Throttle;
}

/** The HTTP API of the stack with its stage. */
export interface StackHttpApi {
  readonly apiId: string;
  readonly stageName: string;
  readonly accountId: string;
  readonly routes: readonly StackRoute[];
}

const one = (template: Template, type: string): StackResource => {
  const [resource, ...others] = template.resources(type);
  if (resource === undefined || others.length > 0)
    throw new TemplateUnresolvable(`The template must have exactly one ${type}`);
  return resource;
};

const throttleOf = (settings: TemplateValue | undefined): Throttle | undefined => {
  const { ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate } =
    settings === undefined ? {} : asProperties(settings);
  return burst === undefined || rate === undefined
    ? undefined
    : { burst: asNumber(burst), ratePerSecond: asNumber(rate) };
};

/** Settings of a route stand before those of all routes. */
const throttleOfRoute = ({ properties }: StackResource, routeKey: string): Throttle | undefined => {
  const ofRoutes = asProperties(properties['RouteSettings'] ?? {});
  return throttleOf(ofRoutes[routeKey]) ?? throttleOf(properties['DefaultRouteSettings']);
};

/** `integrations/<id>` is how a route names its integration. */
const functionOf = (template: Template, target: string): string => {
  const id = target.split('/').at(-1);
  const integration = template.resources('AWS::ApiGatewayV2::Integration').find(({ ids }) => ids.ref === id);
  if (integration?.properties['PayloadFormatVersion'] !== '2.0')
    throw new TemplateUnresolvable(`No integration of payload format 2.0 for ${target}`);
  const uri = asText(integration.properties['IntegrationUri']);
  return /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
};

/** The stack's one HTTP API. Throws TemplateUnresolvable when there is none, or more than one. */
export const stackHttpApi = (template: Template, accountId: string): StackHttpApi => {
  const stage = one(template, 'AWS::ApiGatewayV2::Stage');
  const routes = template.resources('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const routeKey = asText(properties['RouteKey']);
    const throttle = throttleOfRoute(stage, routeKey);
    const functionReference = functionOf(template, asText(properties['Target']));
    return { routeKey, functionReference, ...(throttle === undefined ? {} : { throttle }) };
  });
  const { ref: apiId } = one(template, 'AWS::ApiGatewayV2::Api').ids;
  return { apiId, stageName: asText(stage.properties['StageName']), accountId, routes };
};
