// The values that a reference is made of: what is said by who says it.
import type { Reference, Scalar } from './talk.js';

export function valuesSaid(reference: Reference): readonly Scalar[] {
  switch (reference.type) {
    case 'value':
      return [reference.value];
    case 'row':
      return reference.facts.flatMap((fact) => ('value' in fact ? [fact.value] : []));
    case 'list':
      return reference.items.flatMap(valuesSaid);
    case 'record':
      return Object.values(reference.fields).flatMap(valuesSaid);
    case 'caller':
    case 'made':
      return [];
  }
}
