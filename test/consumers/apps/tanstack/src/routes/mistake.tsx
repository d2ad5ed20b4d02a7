import { createTokenBuilder } from '100ms-tokens';
import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/mistake')({ component: () => <p>{createTokenBuilder.name}</p> });
