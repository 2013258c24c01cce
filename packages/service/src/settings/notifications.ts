import { Parameter, type ConfigurationSection, type Incident } from '@isthmus/core';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

export const KINDS: readonly Incident['kind'][] = ['warning', 'failure', 'absence'];

/** A mail server. */
export class SmtpSettings {
  @Parameter({ doc: 'Name of the mail server.', example: 'smtp.contoso.com' }) @IsString() host!: string;
  @Parameter({ doc: 'Its port.' }) @IsInt() @Min(1) @Max(65_535) port = 587;
  @Parameter({ doc: 'TLS from the first byte, as on port 465; otherwise STARTTLS where the server offers it.' })
  @IsBoolean()
  secure = false;
  @Parameter({ doc: 'User to sign in with.' }) @IsOptional() @IsString() user?: string;
  @Parameter({ doc: 'Password; only ever sent over TLS.', secret: true }) @IsOptional() @IsString() password?: string;
}

export class EmailSettings {
  @Parameter({ doc: 'Whom to write to.', example: ['finance@contoso.com', 'it@contoso.com'] })
  @ArrayNotEmpty()
  @IsEmail({}, { each: true })
  to!: string[];
  @Parameter({ doc: 'Sender.', example: 'isthmus@contoso.com' }) @IsEmail() from!: string;
  @Parameter({ doc: 'The mail server.' }) @ValidateNested() @Type(() => SmtpSettings) smtp!: SmtpSettings;
}

export class WebHookSettings {
  @Parameter({ doc: 'Address that gets a POST with JSON.', secret: true, example: '${env:WEB_HOOK}' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  url!: string;
  @Parameter({ doc: 'Headers, for example for signing in.', secret: true }) @IsObject() headers: Record<
    string,
    string
  > = {};
}

/** Who is told when something is wrong, and when it is over. */
export class NotificationSettings {
  @Parameter({
    doc: 'What is worth a message: records held back, runs that fail, nothing where something always comes.',
  })
  @IsArray()
  @IsIn(KINDS, { each: true })
  on: Incident['kind'][] = [...KINDS];
  @Parameter({ doc: 'By e-mail.' }) @IsOptional() @ValidateNested() @Type(() => EmailSettings) email?: EmailSettings;
  @Parameter({ doc: 'By web hook.' })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => WebHookSettings)
  webhooks: WebHookSettings[] = [];
}

export const NOTIFICATIONS: ConfigurationSection<NotificationSettings> = {
  name: 'notifications',
  of: 'file',
  doc: 'Who is told when something is wrong: one message per incident, and one when it is over.',
  settings: NotificationSettings,
};
