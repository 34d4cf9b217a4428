using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerPortal.Features.Payouts;

/// <summary>Encrypts payee details. Sealed for one account, they open for no other, so that a row that was copied to another pays nobody.</summary>
public sealed class PayeeVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Payees");

    /// <summary>Makes the key where there is none yet: inside of a transaction, which holds the database, it could not be written.</summary>
    public void Warm() => _protector.Protect([]);

    public byte[] Seal(long accountId, PayeeDetails details) => For(accountId).Protect(JsonSerializer.SerializeToUtf8Bytes(details));

    /// <exception cref="System.Security.Cryptography.CryptographicException">The key is not there, or it was sealed for another account.</exception>
    public PayeeDetails Open(long accountId, byte[] sealedDetails) =>
        JsonSerializer.Deserialize<PayeeDetails>(For(accountId).Unprotect(sealedDetails)) ?? throw new InvalidOperationException("The payee's details are empty.");

    private IDataProtector For(long accountId) => _protector.CreateProtector(accountId.ToString(CultureInfo.InvariantCulture));
}
