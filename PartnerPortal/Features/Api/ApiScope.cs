namespace PartnerPortal.Features.Api;

/// <summary>What the key must be allowed that calls an operation; the operation's metadata, so that what is asked for and what is described cannot differ.</summary>
internal sealed record ApiScope(string Name);
