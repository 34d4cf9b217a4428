namespace PartnerPortal.Startup;

internal static class DemoAccounts
{
    public const string Password = "demo-partner-portal";
    public const string Integrator = "integrator@demo.test";
    public const string Client = "client@demo.test";
    public const string Support = "support@demo.test";
    public const string Admin = "admin@demo.test";
}
