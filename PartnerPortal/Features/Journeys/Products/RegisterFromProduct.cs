using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Products;

/// <summary>An account made in the product.</summary>
/// <param name="ExternalId">What the product calls it.</param>
/// <param name="Language">In which the product's form was read, IETF tag.</param>
/// <param name="IsVerified">The product has seen the address confirmed. Else a mail asks the person to.</param>
/// <param name="Clues">What the person brought.</param>
/// <param name="AgreedCode">The code of the partner that the form named, with what it will see; null when it named none.</param>
/// <param name="Wording">Of the consent that the form showed; null for the current one.</param>
/// <param name="Removed">The person took the partner away.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null when none was sent.</param>
public sealed record ProductAccount(
    string ExternalId, string? Name, string? Email, string Language, bool IsVerified, ReferralClues Clues, string? AgreedCode, int? Wording, bool Removed, string? Key)
{
    /// <summary>Visits that were too old in between do not make it another request.</summary>
    internal string Hash() => RequestHash.Of(
    [
        "registration", ExternalId, Name, Email, Language, IsVerified, AgreedCode, Wording, Removed, Clues.TypedCode, Clues.InvitationToken, Clues.AddressCode,
    ]);
}

/// <summary>The version names no wording that was ever shown.</summary>
public sealed record WordingUnknown : Error
{
    public override string Field => nameof(ProductAccount.Wording);
}

/// <summary>
/// The product tells of an account made in it: the same rules, the same consent and the same receipt as when somebody registers here. An address that nobody has shown to be the
/// person's own gets a mail, and the answer is the same whether it has an account or not. One that the product saw confirmed is registered and confirmed at once; somebody who has an account
/// keeps it, goes by the product's id from then on, and is nobody's client without a Yes.
/// </summary>
public sealed class RegisterFromProduct(PortalDb portal, RegisterAccount register, ConfirmRegistration confirm, ReferralQueries referrals, UserManager<PortalUser> users)
{
    public const int ExternalIdLength = 100;

    private const int NameLength = 200;

    /// <returns>The registration's id.</returns>
    public async Task<Result<Recorded>> ExecuteAsync(ProductAccount told, Actor actor, CancellationToken ct)
    {
        if (actor.ProgramScope is not ProgramScopes.RegistrationsWrite)
        {
            return new NotAllowed();
        }

        told = told with { ExternalId = told.ExternalId.Trim() };
        if (Problem(told) is { } problem)
        {
            return problem;
        }

        return await Once.MoreAsync(() => TryAsync(told, actor, ct));
    }

    private static Error? Problem(ProductAccount told) => told switch
    {
        { ExternalId: "" } => new PurchaseRefused(PurchaseProblem.ExternalIdMissing, nameof(told.ExternalId)),
        { ExternalId.Length: > ExternalIdLength } => new PurchaseRefused(PurchaseProblem.ExternalIdTooLong, nameof(told.ExternalId)),
        _ when told.ExternalId.StartsWith(ProductIds.Prefix, StringComparison.Ordinal) || told.ExternalId.Any(char.IsControl) => new PurchaseRefused(PurchaseProblem.ExternalIdReserved, nameof(told.ExternalId)),
        { Name.Length: > NameLength } => new ClientNameTooLong(),
        { Wording: < 1 or > ConsentWording.Current } => new WordingUnknown(),
        _ => null,
    };

    private async Task<Result<Recorded>> TryAsync(ProductAccount told, Actor actor, CancellationToken ct)
    {
        var hash = told.Hash();
        await using (var db = await portal.ReadAsync(ct))
        {
            // First: an account that got the id from this very request, told at the same moment, was committed with the registration that is looked for next.
            var isTaken = await db.Accounts.AnyAsync(a => a.ExternalId == told.ExternalId, ct);
            if (await IdempotencyKeys.FindAsync(db, PurchaseSources.Api, told.Key, hash, ct) is { Ok: false } used)
            {
                return used;
            }

            if (await db.ProductRegistrations.FirstOrDefaultAsync(r => r.ExternalId == told.ExternalId, ct) is { } before)
            {
                return before.BodyHash == hash ? await AgainAsync(before, ct) : new PurchaseKeyUsed(nameof(told.ExternalId));
            }

            if (isTaken)
            {
                return new PurchaseKeyUsed(nameof(told.ExternalId));
            }
        }

        var agreed = told.AgreedCode is null ? null : await referrals.ByCodeAsync(told.AgreedCode, ct);
        // Nobody knows this password: the person chooses one by mail, and signs in to the product by what the product has.
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var registered = await register.ExecuteAsync(
            new RegisterRequest(told.Name, told.Email, password, told.Language, told.Clues, agreed?.AccountId, told.Removed, null, told.IsVerified)
            {
                Product = new FromProduct(told.ExternalId, told.Key, hash, actor),
                WordingVersion = told.Wording ?? ConsentWording.Current,
            },
            ct);
        if (!registered.Ok)
        {
            return registered.Error!;
        }

        await using var after = await portal.ReadAsync(ct);
        var made = await after.ProductRegistrations.FirstAsync(r => r.ExternalId == told.ExternalId, ct);
        await ConfirmAsync(made, ct);
        return new Recorded(made.Id, IsNew: true);
    }

    /// <summary>What a crash left half done is done now.</summary>
    private async Task<Result<Recorded>> AgainAsync(ProductRegistration before, CancellationToken ct)
    {
        await ConfirmAsync(before, ct);
        return new Recorded(before.Id, IsNew: false);
    }

    private async Task ConfirmAsync(ProductRegistration registration, CancellationToken ct)
    {
        if (registration is not { IsVerified: true, AccountId: { } account })
        {
            return;
        }

        await using var db = await portal.ReadAsync(ct);
        var found = await (from m in db.Members join u in db.Users on m.UserId equals u.Id where m.AccountId == account && !u.EmailConfirmed select u).FirstOrDefaultAsync(ct);
        if (found is not { PasswordHash: { } hash })
        {
            return;
        }

        var code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GenerateEmailConfirmationTokenAsync(found)));
        var confirmed = await confirm.ExecuteAsync(found.Id, code, new RegistrationProof(RegistrationProof.Of(hash)), ct);
        if (!confirmed.Ok)
        {
            throw new InvalidOperationException($"Whoever was registered just now could not be confirmed: {confirmed.Error}");
        }
    }
}
