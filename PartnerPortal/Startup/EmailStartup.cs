using Microsoft.Extensions.Options;
using PartnerPortal.Email;
using PartnerPortal.Email.Transports;
using PartnerPortal.Features.Journeys;

namespace PartnerPortal.Startup;

internal static class EmailStartup
{
    public static IServiceCollection AddPortalEmail(this IServiceCollection services, bool runWorkers)
    {
        services.AddScoped<PartnerChange>();
        services.AddScoped<ClientMove>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.IsSmtp
            ? ActivatorUtilities.CreateInstance<SmtpMailTransport>(provider)
            : ActivatorUtilities.CreateInstance<FolderMailTransport>(provider));
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<OutboxErasure>();
        services.AddScoped<MailLogQueries>();
        services.AddScoped<RetryMessage>();
        services.AddScoped<ResendMessage>();
        if (runWorkers)
        {
            services.AddHostedService<InvitationWorker>();
            services.AddHostedService<LapseWorker>();
            services.AddHostedService<BounceWorker>();
            services.AddHostedService<MailTidyWorker>();
            services.AddHostedService<RetentionWorker>();
            services.AddHostedService<Features.Journeys.Reassigning.ReassignWorker>();
            services.AddHostedService<Features.AccessGrants.AccessWorker>();
            services.AddHostedService<Features.Claims.ClaimWorker>();
            services.AddHostedService<Features.Flags.FlagWorker>();
            services.AddHostedService<Features.Purchases.ReleaseWorker>();
            services.AddHostedService<Features.Payouts.MonthlyPayoutWorker>();
            services.AddHostedService<Features.Orders.OrderWorker>();
            services.AddHostedService<Features.Purchases.Stripe.StripeWorker>();
            services.AddHostedService<Features.Webhooks.WebhookQueueWorker>();
            services.AddHostedService<Features.Webhooks.WebhookWorker>();
            services.AddHostedService<Features.Webhooks.WebhookTidyWorker>();
            services.AddHostedService<Features.Notifications.NotificationWorker>();
            services.AddHostedService<Features.Notifications.DigestWorker>();
            services.AddHostedService<Features.Journeys.Automations.AutomationStartWorker>();
            services.AddHostedService<Features.Journeys.Automations.AutomationWorker>();
            services.AddHostedService<Features.Journeys.Automations.SilenceWorker>();
            services.AddHostedService<Features.Journeys.Automations.RunTidyWorker>();
            for (var i = 0; i < OutboxWorker.Count; i++)
            {
                // AddHostedService would keep only one of a type.
                services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<OutboxWorker>(provider));
            }
        }

        return services;
    }
}
