"""Signs short values with the time at which it was done, by the portal's own clock."""

from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from portal.services.clock import Clock


def serializer(secret: str, purpose: str, clock: Clock) -> URLSafeTimedSerializer:
    """Signs and reads values of one purpose; what was signed for another is refused."""

    class _Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(clock().timestamp())

    return URLSafeTimedSerializer(secret, salt=f"osaset {purpose}", signer=_Signer)
