import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { Environment } from '../config/environment.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { ChannelsOfUser } from './channels-of-user.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LastSeen } from './last-seen.js';
import { LoginThrottle } from './login-throttle.js';
import { signingKey, TOKEN_ALGORITHM } from './token-signature.js';
import { TokenService } from './token.service.js';
import { VerifiedTokens } from './verified-tokens.js';
import { WriteAllowance } from './write-allowance.js';

@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => ({
        secret: signingKey(environment),
        signOptions: { algorithm: TOKEN_ALGORITHM },
        verifyOptions: { algorithms: [TOKEN_ALGORITHM] },
      }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    TokenService,
    VerifiedTokens,
    LoginThrottle,
    JwtStrategy,
    ChannelsOfUser,
    LastSeen,
    WriteAllowance,
  ],
  exports: [TokenService, ChannelsOfUser, LastSeen, WriteAllowance],
})
export class AuthModule {}
