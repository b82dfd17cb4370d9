import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';

// Lies beside the compiled protocol as it does beside its source.
const PROTOCOL = new URL('../../../protocol/README.md', import.meta.url);

/** The wire protocol in prose, for those who write a client. */
@ApiExcludeController()
@Controller('docs/protocol')
export class ProtocolController {
  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  read(): Promise<string> {
    return readFile(PROTOCOL, 'utf8');
  }
}
