using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Identity;

/// <summary>The key with which networks are hashed, encrypted at rest. One row, made when it is first needed.</summary>
public sealed class SourceKey
{
    public const int SingleId = 1;

    private SourceKey()
    {
    }

    public SourceKey(byte[] sealedKey) => Sealed = sealedKey;

    public int Id { get; private set; } = SingleId;

    public byte[] Sealed { get; private set; } = [];
}

/// <summary>Says whether two sign-ins came from one network, without keeping the network's address: without the key the hash tells nobody anything.</summary>
public sealed class SourceSeal(PortalDb portal, IDataProtectionProvider protection)
{
    public const int Length = 32;

    /// <summary>Households and firms have such a part of the address to themselves.</summary>
    private const int NetworkBytes = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Sources");
    private byte[]? _key;

    /// <returns>Empty when the address is not known.</returns>
    public async Task<string> OfAsync(IPAddress? address, CancellationToken ct)
    {
        if (address is null)
        {
            return "";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var key = _key ??= await KeyAsync(ct);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes.Length == 4 ? bytes : bytes[..NetworkBytes]))[..Length];
    }

    private async Task<byte[]> KeyAsync(CancellationToken ct)
    {
        var mine = RandomNumberGenerator.GetBytes(32);
        // Before the transaction, which holds the database: the protector may have to write a key of its own.
        var sealedKey = _protector.Protect(mine);
        await using var work = await portal.BeginAsync(ct);
        await work.LockAsync(PortalLock.Installation, -2, ct);
        if (await work.Db.SourceKeys.FirstOrDefaultAsync(ct) is { } kept)
        {
            return _protector.Unprotect(kept.Sealed);
        }

        work.Db.SourceKeys.Add(new SourceKey(sealedKey));
        await work.CommitAsync(ct);
        return mine;
    }
}
