import { Parameter } from '@isthmus/core';
import { Type } from 'class-transformer';
import { IsOptional, IsUrl, MinLength, ValidateIf, ValidateNested } from 'class-validator';

/** The certificate by which a client proves who it is, instead of a secret. */
export class CertificateOptions {
  @Parameter({ doc: 'Unencrypted RSA key in PEM form.', example: '${file:client.pem}', secret: true })
  @MinLength(1)
  privateKey!: string;

  @Parameter({ doc: 'Thumbprint as the app registration shows it.' })
  @MinLength(1)
  thumbprint!: string;
}

const asClient = ({ credential }: SignInOptions): boolean => credential === undefined;
const withoutTokenUrl = (options: SignInOptions): boolean => asClient(options) && options.tokenUrl === undefined;
const withoutCertificate = (options: SignInOptions): boolean => asClient(options) && options.certificate === undefined;

/** How to sign in: a client with a secret or a certificate, or a credential of @azure/identity. */
export class SignInOptions {
  @Parameter({ doc: 'Tenant: its id or one of its domains.', example: 'contoso.onmicrosoft.com' })
  @ValidateIf(withoutTokenUrl)
  @MinLength(1, { message: 'tenant must be given where neither tokenUrl nor credential is' })
  tenant?: string;

  @Parameter({ doc: 'Client id of the app registration.' })
  @ValidateIf(asClient)
  @MinLength(1, { message: 'clientId must be given where credential is not' })
  clientId?: string;

  @Parameter({ doc: 'Client secret of the app registration.', example: '${env:CLIENT_SECRET}', secret: true })
  @ValidateIf(withoutCertificate)
  @MinLength(1, { message: 'clientSecret must be given where neither certificate nor credential is' })
  clientSecret?: string;

  @Parameter({ doc: 'Certificate of the app registration, instead of a secret.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CertificateOptions)
  certificate?: CertificateOptions;

  @Parameter({ doc: 'Token endpoint; that of the tenant in the public cloud unless given.' })
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  tokenUrl?: string;

  @Parameter({ doc: 'Credential of @azure/identity to use instead of a client.', example: 'ManagedIdentityCredential' })
  @IsOptional()
  @MinLength(1)
  credential?: string;
}
