"""An MCP server with FastMCP that accepts tokens of Vestibule, verified with the keys that it publishes."""

import os

from fastmcp import FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier
from fastmcp.server.dependencies import get_access_token

issuer = os.environ["ISSUER"]
port = int(os.environ["PORT"])
base_url = f"http://127.0.0.1:{port}"

verifier = JWTVerifier(
    jwks_uri=f"{issuer}/connect/jwks",
    issuer=issuer,
    # The fourth rule: a token is for one API. Without an audience, tokens for every other API would be accepted.
    audience=f"{base_url}/mcp",
    algorithm="ES256",
    required_scopes=["notes:read"],
)
mcp = FastMCP(
    "who",
    auth=RemoteAuthProvider(token_verifier=verifier, authorization_servers=[issuer], base_url=base_url),
)


@mcp.tool
def who() -> str:
    """Says for whom the agent acts."""
    token = get_access_token()
    return str(token.claims["sub"]) if token else "unknown"


if __name__ == "__main__":
    mcp.run(transport="http", host="127.0.0.1", port=port, show_banner=False)
