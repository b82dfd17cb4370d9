import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';

// The file lies beside the compiled protocol as well as beside its source.
const PROTOCOL = new URL('../../../protocol/README.md', import.meta.url);

/** The wire protocol in prose, for authors of clients. */
@ApiExcludeController()
@Controller('docs/protocol')
export class ProtocolController {
  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  read(): Promise<string> {
    return readFile(PROTOCOL, 'utf8');
  }
}
