import { Type } from 'typebox';
import { vendorId, VendorTypeSchema } from './facts.ts';
import { identifier, instant, PRINTABLE } from './texts.ts';

/** Body of `POST /v1/admin/keys`. */
export const NewKeyRequest = Type.Object(
  {
    vendorId,
    vendorType: Type.Optional(VendorTypeSchema),
    label: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: `${PRINTABLE}|^$`,
        description: 'a text of at most 100 printable characters',
      }),
    ),
  },
  { title: 'NewKeyRequest', additionalProperties: false, description: 'a JSON object with vendorId' },
);

/** Query string of `GET /v1/admin/keys`. */
export const KeyFilter = Type.Object({ vendorId: Type.Optional(vendorId) }, { additionalProperties: false });

/** Path of `DELETE /v1/admin/keys/{keyId}`. */
export const KeyPath = Type.Object({ keyId: identifier('the id of a key') });

/** What is told about a key; never the key itself. */
export const KeyDescription = Type.Object(
  {
    keyId: Type.String(),
    vendorId: Type.String(),
    vendorType: VendorTypeSchema,
    label: Type.String(),
    createdAt: instant('when the key was made'),
  },
  { title: 'KeyDescription' },
);

/** Answer of `POST /v1/admin/keys`: the only time that the key is shown. */
export const NewKey = Type.Object(
  { ...KeyDescription.properties, key: Type.String({ description: 'the API key' }) },
  { title: 'NewKey' },
);

/** Answer of `GET /v1/admin/keys`. */
export const KeyList = Type.Object({ keys: Type.Array(KeyDescription) }, { title: 'KeyList' });
