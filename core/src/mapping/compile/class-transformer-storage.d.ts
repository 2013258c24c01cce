/** The library's metadata storage has no public door; this is the part that the compiler reads. */
declare module 'class-transformer/cjs/storage.js' {
  import type { TransformFnParams } from 'class-transformer';

  export const defaultMetadataStorage: {
    findTypeMetadata(target: object, property: string): { typeFunction?: () => unknown } | undefined;
    findTransformMetadatas(
      target: object,
      property: string,
      type: number,
    ): { transformFn: (params: TransformFnParams) => unknown }[];
  };
}
