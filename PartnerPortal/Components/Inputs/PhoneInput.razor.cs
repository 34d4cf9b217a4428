using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Components.Inputs;

/// <summary>
/// A country to choose and a number to type, in any spelling. Both are kept as typed; who saves reads them with <see cref="PhoneNumber.TryParse"/>.
/// A number that begins with its country's code moves the choice along, so that the two never contradict each other.
/// </summary>
public sealed partial class PhoneInput
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<(string Code, string Text)>> Lists = new(StringComparer.Ordinal);

    [Inject] public required IStringLocalizer<InputsText> L { get; init; }

    /// <summary>The id of the number's input; the country's is this and "-country".</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>Of the number, such as "Phone".</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>The word "optional", beside the label; null when the number must be given.</summary>
    [Parameter] public string? Optional { get; set; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    [Parameter] public string Country { get; set; } = PhoneDefaults.CountryOf(CultureInfo.CurrentUICulture);

    [Parameter] public EventCallback<string> CountryChanged { get; set; }

    /// <summary>As typed.</summary>
    [Parameter] public string? Value { get; set; }

    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>What is wrong with the number, in words; null or empty when nothing is.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>"tel" where a person types its own number, "off" where it is somebody else's.</summary>
    [Parameter] public string Autocomplete { get; set; } = "off";

    private string CountryId => Id + "-country";

    private bool IsWrong => !string.IsNullOrEmpty(Error);

    private PhoneNumber? Kept => PhoneNumber.TryParse(Value, Country, out var number, out _) ? number : null;

    /// <summary>"Germany (+49)", sorted as the reader's language sorts.</summary>
    private static IReadOnlyList<(string Code, string Text)> Countries => Lists.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ =>
    {
        var culture = CultureInfo.CurrentUICulture;
        return [.. PhoneCountries.All
            .Select(c => (c.Alpha2, Name: PhoneCountries.NameOf(c.Alpha2, culture), c.CallingCode))
            .OrderBy(c => c.Name, StringComparer.Create(culture, ignoreCase: true))
            .Select(c => (c.Alpha2, $"{c.Name} (+{c.CallingCode})"))];
    });

    private Task ChooseAsync(string? country)
    {
        Country = country ?? Country;
        return CountryChanged.InvokeAsync(Country);
    }

    private async Task TypeAsync(string? text)
    {
        Value = text;
        await ValueChanged.InvokeAsync(Value);
        var isInternational = Value?.TrimStart() is { } typed && (typed.StartsWith('+') || typed.StartsWith("00", StringComparison.Ordinal));
        if (isInternational && Kept?.Country is { } country && country != Country)
        {
            Country = country;
            await CountryChanged.InvokeAsync(country);
        }
    }
}

/// <summary>The country a telephone form starts with.</summary>
public static class PhoneDefaults
{
    /// <summary>The country of a kept number, else the one most readers of the language are in.</summary>
    /// <param name="e164">A kept number; null or empty when there is none.</param>
    /// <param name="culture">The reader's.</param>
    /// <returns>ISO 3166-1 alpha-2.</returns>
    public static string CountryOf(string? e164, CultureInfo culture) =>
        PhoneNumber.TryParse(e164, null, out var number, out _) && number.Country is { } country ? country : CountryOf(culture);

    /// <inheritdoc cref="CountryOf(string?, CultureInfo)"/>
    public static string CountryOf(CultureInfo culture)
    {
        var specific = culture.IsNeutralCulture ? CultureInfo.CreateSpecificCulture(culture.Name) : culture;
        return PhoneCountries.Find(new RegionInfo(specific.Name).TwoLetterISORegionName)?.Alpha2 ?? "US";
    }
}
