import { at, listOf, type QueryParameters, type QueryValue, textOf } from '../../wire/query-protocol.ts';
import { arnIn } from './arns.ts';
import type { KnownResources, RequestsOf } from './call-requests.ts';
import type { IamRequest, RequestContext } from './iam-request.ts';
import { present, profileArn, requireUnderstood, taggedAs } from './launch-parameters.ts';

/**
 * A launch is authorized for each resource that takes part in it, those that it makes being `*`, and for the tags
 * that each of these gets
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html). The keys are those of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html.
 */
class Launch {
  readonly #query: QueryParameters;
  readonly #known: KnownResources;
  readonly #interface: QueryValue | undefined;

  constructor(query: QueryParameters, known: KnownResources) {
    this.#query = query;
    this.#known = known;
    this.#interface = listOf(query['NetworkInterface'])[0];
  }

  all(): readonly IamRequest[] {
    return [
      this.#instance(),
      this.#image(),
      this.#subnet(),
      ...this.#securityGroups(),
      this.#networkInterface(),
      ...this.#volumes(),
      ...(this.#market() === 'spot' ? [this.#made('spot-instances-request', {})] : []),
      ...this.#tagging(),
    ];
  }

  #run(resource: string, context: RequestContext): IamRequest {
    const { region } = this.#known.place;
    return { action: 'ec2:RunInstances', resource, context: { 'ec2:Region': region, ...context } };
  }

  /** Something that the launch makes. */
  #made(type: string, context: RequestContext): IamRequest {
    const resource = arnIn(this.#known.place, 'ec2', `${type}/*`);
    return this.#run(resource, { ...context, ...taggedAs(this.#query, type) });
  }

  /** Something that is there already. */
  #used(type: string, id: string, context: RequestContext): IamRequest {
    return this.#run(arnIn(this.#known.place, 'ec2', `${type}/${id}`), context);
  }

  #market(): string {
    return textOf(at(this.#query['InstanceMarketOptions'], 'MarketType')) ?? 'on-demand';
  }

  #zone(): string | undefined {
    return this.#known.zoneOfSubnet(this.#subnetId());
  }

  #subnetId(): string {
    return textOf(at(this.#interface, 'SubnetId')) ?? '';
  }

  #instance(): IamRequest {
    const metadata = this.#query['MetadataOptions'];
    const facts = present({
      'ec2:AvailabilityZone': this.#zone(),
      'ec2:InstanceMarketType': this.#market(),
      'ec2:InstanceProfile': profileArn(this.#query, this.#known.place),
      'ec2:InstanceType': textOf(this.#query['InstanceType']),
      'ec2:MetadataHttpEndpoint': textOf(at(metadata, 'HttpEndpoint')),
      'ec2:MetadataHttpPutResponseHopLimit': textOf(at(metadata, 'HttpPutResponseHopLimit')),
      'ec2:MetadataHttpTokens': textOf(at(metadata, 'HttpTokens')),
      'ec2:RootDeviceType': 'ebs',
      'ec2:Tenancy': 'default',
    });
    return this.#made('instance', facts);
  }

  #image(): IamRequest {
    const id = textOf(this.#query['ImageId']) ?? '';
    const { region } = this.#known.place;
    const facts = { 'ec2:ImageID': id, 'ec2:ImageType': 'machine', 'ec2:RootDeviceType': 'ebs' };
    return this.#run(
      `arn:aws:ec2:${region}::image/${id}`,
      present({ ...facts, 'ec2:Owner': this.#known.ownerOfImage(id) }),
    );
  }

  #subnet(): IamRequest {
    const id = this.#subnetId();
    return this.#used('subnet', id, present({ 'ec2:SubnetID': id, 'ec2:AvailabilityZone': this.#zone() }));
  }

  #securityGroups(): readonly IamRequest[] {
    const ids = listOf(at(this.#interface, 'SecurityGroupId')).flatMap((id) => textOf(id) ?? []);
    return ids.map((id) => this.#used('security-group', id, { 'ec2:SecurityGroupID': id }));
  }

  #networkInterface(): IamRequest {
    const facts = present({
      'ec2:AssociatePublicIpAddress': textOf(at(this.#interface, 'AssociatePublicIpAddress')),
      'ec2:AvailabilityZone': this.#zone(),
      'ec2:Subnet': arnIn(this.#known.place, 'ec2', `subnet/${this.#subnetId()}`),
    });
    return this.#made('network-interface', facts);
  }

  /** The image brings a root volume of its own, as its maker has it, when the launch names none. */
  #volumes(): readonly IamRequest[] {
    const named = listOf(this.#query['BlockDeviceMapping']).map((mapping) => at(mapping, 'Ebs'));
    return (named.length === 0 ? [undefined] : named).map((ebs) =>
      this.#made(
        'volume',
        present({
          'ec2:AvailabilityZone': this.#zone(),
          'ec2:Encrypted': textOf(at(ebs, 'Encrypted')) ?? 'false',
          'ec2:VolumeSize': textOf(at(ebs, 'VolumeSize')),
          'ec2:VolumeType': textOf(at(ebs, 'VolumeType')),
        }),
      ),
    );
  }

  #tagging(): readonly IamRequest[] {
    const { place } = this.#known;
    const types = listOf(this.#query['TagSpecification']).flatMap(
      (item) => textOf(at(item, 'ResourceType')) ?? [],
    );
    return types.map((type) => ({
      action: 'ec2:CreateTags',
      resource: arnIn(place, 'ec2', `${type}/*`),
      context: {
        'ec2:Region': place.region,
        'ec2:CreateAction': 'RunInstances',
        ...taggedAs(this.#query, type),
      },
    }));
  }
}

/** What RunInstances needs. Throws IamRequestUnknown for a parameter that may need more. */
export const launchRequests: RequestsOf = (parameters, known) => {
  const query = parameters as QueryParameters;
  requireUnderstood(query);
  return new Launch(query, known).all();
};
