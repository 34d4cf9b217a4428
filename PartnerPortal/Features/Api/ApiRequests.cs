using System.Text.Json.Serialization;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Purchases;

namespace PartnerPortal.Features.Api;

/// <summary>What <c>POST /api/v1/clients</c> takes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewClientBody(string? Name, string? Email, string? Phone, string? Country, string? Language, string? Note)
{
    /// <summary>The first member that is missing; null when none is.</summary>
    public string? Missing() => Name is null ? "name" : Email is null ? "email" : null;
}

/// <summary>What <c>PATCH /api/v1/clients/{id}</c> takes; what is left out stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClientChangeBody(string? Note, IReadOnlyList<string?>? Tags)
{
    /// <inheritdoc cref="NewClientBody.Missing"/>
    public string? Missing() => Note is null && Tags is null ? "note" : Tags?.Contains(null) is true ? "tags" : null;
}

/// <summary>What <c>POST /api/v1/invitations</c> takes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record InvitationBody(string? Email, string? Language)
{
    /// <inheritdoc cref="NewClientBody.Missing"/>
    public string? Missing() => Email is null ? "email" : null;
}

/// <summary>A visit that the product's site remembers; as <c>portal.js</c> writes it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VisitBody(string? Code, string? Ref, [property: JsonPropertyName("refexternal")] string? RefExternal, string? At, string? Source, string? Invitation)
{
    internal bool IsTimed => ApiTime.TryRead(At, out _);

    internal ProductVisit ToVisit() => new(
        new ProductAddress(Code, Ref, RefExternal), ApiTime.TryRead(At, out var at) ? at : throw new InvalidOperationException("IsTimed was not asked."), Source, Invitation);
}

/// <summary>What <c>POST /api/v1/registrations</c> takes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RegistrationBody(
    string? ExternalId, string? Name, string? Email, string? Language, string? TypedCode, string? Invitation, string? Code, string? Ref,
    [property: JsonPropertyName("refexternal")] string? RefExternal, IReadOnlyList<VisitBody?>? Visits, string? AgreedCode, int? Wording, bool EmailVerified = false, bool WithoutPartner = false)
{
    /// <inheritdoc cref="NewClientBody.Missing"/>
    public string? Missing() => ExternalId is null ? "externalId" : Name is null ? "name" : Email is null ? "email"
        : Visits?.Any(v => v is not { IsTimed: true }) is true ? "visits" : null;

    internal ProductClues Clues => new(TypedCode, Invitation, new ProductAddress(Code, Ref, RefExternal), [.. (Visits ?? []).Select(v => v!.ToVisit())]);
}
