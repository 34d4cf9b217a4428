using System.Net;
using System.Text.RegularExpressions;

namespace PartnerPortal.Tests.Support;

/// <summary>Fills static forms in as a browser without script does.</summary>
public static partial class StaticForms
{
    /// <summary>The page as a reader sees it: character references resolved.</summary>
    public static async Task<string> ReadAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Opens the page, then sends the form with what the page put into it and with <paramref name="fields"/>.</summary>
    /// <param name="client">A browser.</param>
    /// <param name="path">The page, which the form is posted to.</param>
    /// <param name="form">The form's name.</param>
    /// <param name="fields">What the person chose.</param>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        var token = Token().Match(page);
        Assert.True(token.Success, "The page has no form.");
        return await client.PostFormAsync(path, form, [("__RequestVerificationToken", WebUtility.HtmlDecode(token.Groups[1].Value)), .. fields]);
    }

    /// <summary>Sends a form without opening the page first.</summary>
    public static Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string path, string form, params (string Name, string Value)[] fields) =>
        client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([new("_handler", form), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
