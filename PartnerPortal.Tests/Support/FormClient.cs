using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Support;

/// <summary>
/// A person with a browser without script: opens pages, fills in forms (hidden fields and antiforgery token come along) and follows redirects. Cookies are its own.
/// </summary>
public sealed class FormClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>For redirects to other servers, such as a sign-in provider.</summary>
    private readonly HttpClient _elsewhere = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <param name="portal">Where to go.</param>
    /// <param name="language">What the browser asks for.</param>
    public FormClient(TestPortal portal, string language = "en")
    {
        _http = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        _http.DefaultRequestHeaders.Add("Accept-Language", language);
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    /// <summary>For what is no page.</summary>
    public HttpClient Http => _http;

    /// <summary>Path and query of the page that is open.</summary>
    public string Path { get; private set; } = "/";

    public HttpStatusCode Status { get; private set; }

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>What a reader sees of the page's main part, with single spaces.</summary>
    public string Text => string.Join(' ', (Page.QuerySelector("main") ?? Page.Body!).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The sentences beside fields that say what is wrong.</summary>
    public IReadOnlyList<string> Errors => [.. Page.QuerySelectorAll(".err").Select(e => e.TextContent.Trim()).Where(t => t.Length > 0)];

    /// <summary>Opens a page and follows redirects.</summary>
    public async Task<FormClient> OpenAsync(string path)
    {
        await FollowAsync(await _http.GetAsync(path), path);
        return this;
    }

    /// <summary>Sends the form of the open page that has the first of the named fields, or the one with that button.</summary>
    /// <param name="fields">Names and values; others of the form keep what they have.</param>
    /// <param name="button">Part of the text of the button to press; null presses the last one that submits.</param>
    public async Task<FormClient> SendAsync(Dictionary<string, string>? fields = null, string? button = null)
    {
        fields ??= [];
        var forms = Page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().ToList();
        var form = forms.FirstOrDefault(f => button is not null
                ? f.QuerySelectorAll("button").Any(b => b.TextContent.Contains(button, StringComparison.Ordinal))
                : fields.Count == 0 || f.QuerySelector($"[name=\"{fields.Keys.First()}\"]") is not null)
            ?? throw new InvalidOperationException($"No such form at {Path}: {Text}");
        var pressed = form.QuerySelectorAll("button").OfType<IHtmlButtonElement>().LastOrDefault(b => b.Type == "submit" && (button is null || b.TextContent.Contains(button, StringComparison.Ordinal)));
        var values = Values(form);
        if (pressed?.Name is { Length: > 0 } name)
        {
            values[name] = pressed.Value;
        }

        foreach (var (key, value) in fields)
        {
            values[key] = value;
        }

        var target = pressed?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var path = string.IsNullOrEmpty(target) ? Path : target;
        await FollowAsync(await _http.PostAsync(path, new FormUrlEncodedContent(values)), path);
        return this;
    }

    /// <summary>Signs in on the sign-in page; the page that follows is open then.</summary>
    public async Task<FormClient> SignInAsync(string email, string password = World.Password, string? returnUrl = null)
    {
        await OpenAsync(returnUrl is null ? PortalUrls.SignIn : PortalUrls.SignInThen(returnUrl));
        return await SendAsync(new() { ["Input.Email"] = email, ["Input.Password"] = password });
    }

    /// <summary>Whether the session's cookie opens the person's own pages.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var answer = await _http.GetAsync(PortalUrls.Manage);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public void Dispose()
    {
        _http.Dispose();
        _elsewhere.Dispose();
    }

    private static Dictionary<string, string> Values(IHtmlFormElement form)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>().Where(i => i.Type is not ("checkbox" or "radio" or "submit" or "button" or "file") || (i.IsChecked && i.Type is "checkbox" or "radio")))
        {
            values.TryAdd(input.Name!, input.Value);
        }

        foreach (var area in form.QuerySelectorAll("textarea[name]").OfType<IHtmlTextAreaElement>())
        {
            values.TryAdd(area.Name!, area.Value);
        }

        foreach (var select in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>())
        {
            values.TryAdd(select.Name!, select.Value ?? "");
        }

        return values;
    }

    private async Task FollowAsync(HttpResponseMessage answer, string path)
    {
        for (var hops = 0; answer.Headers.Location is { } location && hops < 10; hops++)
        {
            answer.Dispose();
            if (location.IsAbsoluteUri && location.Authority != _http.BaseAddress!.Authority)
            {
                answer = await _elsewhere.GetAsync(location);
                continue;
            }

            path = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
            answer = await _http.GetAsync(path);
        }

        using (answer)
        {
            (Path, Status) = (path, answer.StatusCode);
            Page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        }
    }
}

/// <summary>Reads what was put into the outbox, secrets included, as its reader would.</summary>
public static class MailReading
{
    /// <summary>The newest mail of that kind to the address; fails when there is none.</summary>
    public static async Task<(string Subject, string Text)> MailAsync(this TestPortal portal, string address, string kind)
    {
        var message = await portal.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstOrDefaultAsync(
            db.OutboxMessages.Where(m => m.ToAddress == address && m.Kind == kind).OrderByDescending(m => m.Id)))
            ?? throw new InvalidOperationException($"No mail of kind {kind} to {address}.");
        var outbox = (PartnerPortal.Email.Outbox)portal.Services.GetService(typeof(PartnerPortal.Email.Outbox))!;
        return (message.Subject, outbox.Open(message).Text);
    }

    /// <summary>Path and query of the first link in the mail that leads to a path with that beginning.</summary>
    public static async Task<string> MailedPathAsync(this TestPortal portal, string address, string kind, string path)
    {
        var (_, text) = await portal.MailAsync(address, kind);
        var at = text.IndexOf(path, StringComparison.Ordinal);
        return at < 0 ? throw new InvalidOperationException($"No link to {path} in: {text}") : text[at..].Split((char[]?)null, 2)[0];
    }
}
