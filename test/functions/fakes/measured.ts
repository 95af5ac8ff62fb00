import type { Measure } from '../../../functions/domain/metrics.ts';

/** Values of metrics as a step writes them: `<name> <value> <dimensions>`. */
export const measured = () => {
  const values: string[] = [];
  const told: Readonly<Record<string, unknown>>[] = [];
  const measure: Measure = (name, value, dimensions, details = {}) => {
    values.push([name, value, ...Object.values(dimensions)].join(' '));
    told.push(details);
  };
  return { measure, values, told };
};
