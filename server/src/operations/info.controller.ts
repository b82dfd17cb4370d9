import type { ServerInfo } from '@herald/protocol';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Environment } from '../config/environment.js';
import { VERSION } from './version.js';

class DemoAccountDto {
  @ApiProperty({ example: 'admin' })
  username!: string;

  @ApiProperty({ example: 'password' })
  password!: string;
}

class ServerInfoDto implements ServerInfo {
  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiPropertyOptional({
    type: DemoAccountDto,
    description: 'Account that anyone may use; only a development server has one',
  })
  demo?: DemoAccountDto;
}

/** Facts that a page needs before sign-in. */
@ApiTags('operations')
@Controller('info')
export class InfoController {
  constructor(private readonly environment: Environment) {}

  @Get()
  @ApiOperation({ summary: 'Get the version, and the demo account if there is one', security: [] })
  @ApiOkResponse({ type: ServerInfoDto })
  getInfo(): ServerInfoDto {
    const demo = this.environment.demoAccount;
    return demo === undefined ? { version: VERSION } : { version: VERSION, demo };
  }
}
