// The tools of a world by what they do.
import type { JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { CertifyContext } from './context.js';

export function toolNamed({ world }: CertifyContext, name: string): ToolManifest | undefined {
  return world.domain.manifest.find((tool) => tool.name === name);
}

export function parametersOf(context: CertifyContext, tool: string): JsonObject {
  return toolNamed(context, tool)?.parameters ?? {};
}

export function toolsThat(
  { world }: CertifyContext,
  effect: ToolManifest['effect'],
): readonly ToolManifest[] {
  return world.domain.manifest.filter((tool) => tool.effect === effect && tool.side === 'agent');
}
