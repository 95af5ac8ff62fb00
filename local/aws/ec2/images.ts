import { ArchitectureValues, ImageState } from '@aws-sdk/client-ec2';
import { listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import type { FakeImage } from './catalogue.ts';
import { type FilteredValue, type KnownFilters, passesFilters } from './filters.ts';
import { ec2Page, requirePageSize } from './paging.ts';

const filtered: FilteredValue<FakeImage> = (name, { name: imageName, architecture, state }) =>
  ({ name: imageName, architecture, state })[name];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
const imageFilters: KnownFilters = {
  name: 'any',
  architecture: Object.values(ArchitectureValues),
  state: Object.values(ImageState),
};

const imageXml = ({ id, name, owner, architecture, state, createdAt }: FakeImage) => ({
  imageId: id,
  name,
  imageOwnerId: owner,
  architecture,
  imageState: state,
  creationDate: createdAt,
});

/** In no order (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html). */
export const describeImages = (known: readonly FakeImage[], parameters: QueryParameters) => {
  requirePageSize(parameters, 1, 1_000);
  const owners = listOf(parameters['Owner']).map(textOf);
  const passes = passesFilters(parameters, filtered, imageFilters);
  const wanted = known.filter((image) => owners.includes(image.owner) && passes(image));
  const { items, ...next } = ec2Page(wanted, parameters);
  return { imagesSet: { item: items.map(imageXml) }, ...next };
};
