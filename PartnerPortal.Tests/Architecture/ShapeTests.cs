using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Hosting;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Architecture;

/// <summary>What the style asks of pages and use cases.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Pages_SayWhoMayOpenThem()
    {
        var silent = PortalTypes.All
            .Where(t => t.IsDefined(typeof(RouteAttribute), inherit: false) || (typeof(PageModel).IsAssignableFrom(t) && !t.IsAbstract))
            // The area's convention asks for a sign-in on every page below Manage.
            .Where(t => t.Namespace?.Contains(".Account.Manage", StringComparison.Ordinal) != true)
            .Where(t => !t.GetCustomAttributes(inherit: true).Any(a => a is IAuthorizeData or IAllowAnonymous))
            .Select(t => t.FullName);

        Findings.None(silent);
    }

    [Fact]
    public void UseCases_HaveOneExecuteAsync()
    {
        var several = UseCases().Where(t => t.GetMethods().Count(m => m.Name == "ExecuteAsync") != 1).Select(t => t.Name);

        Findings.None(several);
    }

    [Fact]
    public void UseCases_ReturnResultAndTakeAToken()
    {
        var others = UseCases().Select(t => t.GetMethod("ExecuteAsync")!)
            .Where(m => m.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken) || !typeof(Task).IsAssignableFrom(m.ReturnType))
            .Select(m => m.DeclaringType!.Name);

        Findings.None(others);
    }

    [Fact]
    public void UseCasesAndQueries_HaveAtMostFiveDependencies()
    {
        var greedy = PortalTypes.All
            .Where(t => PortalTypes.SliceOf(t) is not null && t is { IsClass: true, IsAbstract: false }
                && (IsUseCase(t) || t.Name.EndsWith("Queries", StringComparison.Ordinal) || t.Name.EndsWith("Mails", StringComparison.Ordinal)))
            .Where(t => t.GetConstructors() is not [var only] || only.GetParameters().Length > 5)
            .Select(t => t.Name);

        Findings.None(greedy);
    }

    [Fact]
    public void Classes_AreSealedOrMeantToBeDerivedFrom()
    {
        var open = PortalTypes.All
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false, IsNested: false } && PortalTypes.PartOf(t) is not Part.Page && t != typeof(Program) && t.Name != "_Imports")
            .Where(t => t.Namespace?.Contains("Migrations", StringComparison.Ordinal) != true && !PortalTypes.All.Any(d => d.BaseType == t))
            .Where(t => !typeof(Delegate).IsAssignableFrom(t)).Select(t => t.FullName);

        Findings.None(open);
    }

    private static IEnumerable<Type> UseCases() => PortalTypes.All.Where(t => PortalTypes.SliceOf(t) is not null && IsUseCase(t));

    private static bool IsUseCase(Type type) => type is { IsClass: true, IsAbstract: false } && !typeof(IHostedService).IsAssignableFrom(type)
        && type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(m => m.Name == "ExecuteAsync");
}
