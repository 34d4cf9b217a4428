using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerPortal.Components;
using PartnerPortal.Features.Api;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Features.Webhooks;
using PartnerPortal.Shared;

namespace PartnerPortal.Startup;

internal static class PortalStartup
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // A command's own arguments are no settings: a path that begins with a slash would be read as the name of one.
        var settings = PortalCommands.Find(args) is null ? args : [.. args.SkipWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
        var builder = WebApplication.CreateBuilder(settings);
        if (builder.Environment.IsProduction())
        {
            // One JSON object a line, for machines. What is logged names ids, never people; addresses of requests, which may hold tokens,
            // are logged by ASP.NET only below Warning, see appsettings.json.
            builder.Logging.ClearProviders();
            builder.Logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }

        return builder;
    }

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var database = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        AddOptions(services);
        services.AddPortalDatabase(database, builder.Environment.ContentRootPath);
        services.AddPortalIdentity();
        services.AddExternalSignIn(builder.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new SignInOptions());
        services.AddPortalFeatures();
        services.AddPortalEmail((builder.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions()).RunWorkers);
        services.AddPortalWeb();
    }

    /// <summary>Runs the command that the arguments name, or serves.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunPortalAsync(this WebApplication app, string[] args)
    {
        try
        {
            if (PortalCommands.Find(args) is { } command)
            {
                return await command.RunAsync(app, args);
            }

            app.MapPortal();
            await app.PrepareAsync(CancellationToken.None);
            await app.WelcomeAsync(CancellationToken.None);
            await app.RunAsync();
            return ExitCodes.Done;
        }
        catch (Exception error) when (WrongSettings(error) is { Count: > 0 } sentences)
        {
            // A person reads this: the sentence, not where in the program it was found.
            Console.Error.WriteLine(string.Join(Environment.NewLine, sentences));
            return ExitCodes.Usage;
        }
    }

    private static List<string> WrongSettings(Exception error) => error switch
    {
        OptionsValidationException wrong => [.. wrong.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(WrongSettings)],
        _ => [],
    };

    private static void AddOptions(IServiceCollection services)
    {
        services.AddSingleton<ValidatePortalOptions>();
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddSingleton<IValidateOptions<PortalOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddSingleton<IValidateOptions<MailOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddSingleton<IValidateOptions<SignInOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddSingleton<IValidateOptions<StripeOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>>(p => p.GetRequiredService<ValidatePortalOptions>());
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section)
            .Validate(o => o.IsValid, "Api:PartnerPerMinute and Api:ProgramPerMinute must be above zero.").ValidateOnStart();
        services.AddOptions<StripeOptions>().BindConfiguration(StripeOptions.Section).ValidateOnStart();
    }

    private static void AddPortalWeb(this IServiceCollection services)
    {
        services.Configure<HostOptions>(options => options.ShutdownTimeout = Stopping.Timeout);
        // Texts are looked up in the language of the moment: one for all, where the framework makes one anew, by reflection, for every component.
        services.AddSingleton(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = Languages.All.Select(Languages.CultureOf).ToList();
            options.DefaultRequestCulture = new RequestCulture(Languages.Default);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CultureEndpoint.CookieName }, new BrowserLanguageProvider()];
        });
        services.AddMemoryCache();
        services.AddScoped<Resources.ReaderTime>();
        services.AddScoped<Components.Ui.ShownTitle>();
        services.AddHttpContextAccessor();
        // No script of ours reads the data-val attributes, and their words are English.
        services.AddRazorPages().AddViewLocalization().AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCircuitArguments();
        services.AddAntiforgery(options => options.Cookie.Name = "portal.antiforgery");
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        services.AddPortalRateLimits();
    }

    public static void MapPortal(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error");
            app.UseHsts();
        }

        // What fails in the API is told as a problem, not as a page.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(PortalUrls.Api, StringComparison.Ordinal), api => api.UseExceptionHandler(ApiFaultEndpoint.Answer));
        app.UseMiddleware<Stopping>();
        app.UseSecurityHeaders();
        // In a scope of its own: the services of a page that found nothing have begun to render already.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // The page that explains a refused or failed form is read, not posted to: a POST would fail there once more, without a word.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseCircuitScope();
        app.UseAuthentication();
        app.UseMiddleware<ActingMiddleware>();
        app.UseMiddleware<SectionMiddleware>();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseMiddleware<SeenMiddleware>();
        app.UseMiddleware<ShortcutsMiddleware>();
        app.EndCircuitScope();
        app.MapStaticAssets().AllowAnonymous().WithMetadata(new ExcludeFromWalk("asset"));
        BlazorClientScript.Map(app);
        app.MapPortalEndpoints();
        app.MapRazorPages().WithStaticAssets();
        // Compressing what a circuit sends costs 240 KB a circuit (measured) and invites BREACH.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true);
    }
}
