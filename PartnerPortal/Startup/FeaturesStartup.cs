using Microsoft.Extensions.Options;
using PartnerPortal.Email;
using PartnerPortal.Email.Transports;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;

namespace PartnerPortal.Startup;

internal static class FeaturesStartup
{
    /// <summary>The slices' use cases and queries. Each is a class without state: what it needs of the request comes with the call.</summary>
    public static IServiceCollection AddPortalFeatures(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PublicUrl>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Features.Payouts.PayeeVault>();
        services.AddSingleton<SourceSeal>();
        services.AddSingleton<Features.Referrals.TouchSeal>();
        services.AddSingleton<Features.Referrals.LinkLookup>();
        services.AddSingleton<Features.Referrals.QrLogoSource>();
        services.AddSingleton<Features.Referrals.VisitRecorder>();
        // Also where the workers run elsewhere: the visits of this process's requests are committed by it.
        services.AddHostedService(provider => provider.GetRequiredService<Features.Referrals.VisitRecorder>());
        services.AddSingleton<Features.Purchases.GroupedPurchases>();
        services.AddSingleton<ProgramSettingsSource>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<Features.Events.EventHorizon>();
        services.AddSingleton<Features.Notifications.StopLinkSeal>();
        services.AddScoped<Features.Notifications.NotificationBook>();
        services.AddScoped<Features.Notifications.NotificationActs>();
        services.AddScoped<Features.Notifications.WishStore>();
        services.AddSingleton<Features.Automations.Templates.MailStopSeal>();
        services.AddSingleton<Features.Automations.Templates.TemplateDrafts>();
        services.AddScoped<Features.Automations.AutomationActs>();
        services.AddScoped<Features.Automations.Templates.TemplateComposer>();
        services.AddScoped<Features.Automations.Templates.TemplatePreviews>();
        services.AddScoped<Features.Automations.Templates.TemplateExamples>();
        services.AddScoped<Features.Automations.Templates.TemplateActs>();
        services.AddSingleton<Features.Webhooks.WebhookVault>();
        services.AddScoped<Features.Webhooks.WebhookSender>();
        services.AddScoped<Features.Webhooks.DeliveryBook>();
        services.AddScoped<Features.Webhooks.EndpointActs>();
        // An address may hold a secret of its receiver: it stands in no log.
        services.AddHttpClient(Features.Webhooks.WebhookConnections.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => Features.Webhooks.WebhookConnections.Handler(provider.GetRequiredService<IOptions<Features.Webhooks.WebhookOptions>>()));
        services.AddSingleton<Features.Api.ApiLimits>();
        services.AddSingleton<Features.Api.ApiDocument>();
        services.AddHttpClient(Features.Orders.StripeCheckout.ClientName, client => client.Timeout = TimeSpan.FromSeconds(20));
        services.AddScoped<Features.Orders.StripeCheckout>();
        services.AddScoped<Features.AccessGrants.AccessDiary>();
        services.AddScoped<Features.Journeys.Automations.AccessSteps>();
        services.AddScoped<Features.Journeys.Automations.TellingSteps>();
        services.AddScoped<Features.Journeys.Automations.StepActions>();
        foreach (var type in typeof(FeaturesStartup).Assembly.GetTypes().Where(IsUseCaseOrQuery))
        {
            services.AddScoped(type);
        }

        return services;
    }

    /// <summary>A use case has one ExecuteAsync; what reads ends in Queries, what composes mail in Mails.</summary>
    private static bool IsUseCaseOrQuery(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsPublic: true, Namespace: { } ns }
        && ns.StartsWith("PartnerPortal.Features.", StringComparison.Ordinal)
        && (type.Name.EndsWith("Queries", StringComparison.Ordinal) || type.Name.EndsWith("Mails", StringComparison.Ordinal)
            || type.GetMethod("ExecuteAsync") is not null)
        && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type);
}
