using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using PartnerPortal.Startup;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Startup;

/// <summary>What a circuit calls in the browser is written as the framework writes it, only by a shorter way.</summary>
public sealed class CircuitArgumentsTests
{
    /// <summary>As a circuit's, without what only circuits have.</summary>
    private static readonly JsonSerializerOptions Plain = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, MaxDepth = 32 };
    private static readonly JsonSerializerOptions Ours = new(Plain) { Converters = { CircuitArguments.Converter.Only } };

    private enum Side
    {
        Left,
        Right,
    }

    public static TheoryData<object?> Arguments =>
    [
        null, "", "\"quoted\" <b>é 漢字 \u2028</b>", true, false, 0, int.MinValue, long.MaxValue, 1.5, 2.50m, Side.Right, 'x',
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new[] { "a", "b" }, new object?[] { 1, null, "c", new object?[] { true } }, new byte[] { 1, 2, 3 },
        new Dictionary<string, string[]>(), new Dictionary<string, string[]> { ["Key"] = ["v"] }, new { FirstName = "Ada", Age = (int?)null },
    ];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Write_AnyArgument_IsWhatTheSerializerWritesByItself(object? argument)
    {
        object?[] arguments = ["before", argument, 7];

        Assert.Equal(JsonSerializer.Serialize(arguments, Plain), JsonSerializer.Serialize(arguments, Ours));
    }

    [Fact]
    public void Read_WhatACallGivesBack_IsAsBefore()
    {
        var read = JsonSerializer.Deserialize<object?[]>("""[1, null, "two"]""", Ours)!;

        Assert.Equal(["1", "", "two"], read.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
        Assert.Null(read[1]);
    }

    /// <summary>So that a framework that makes its runtime otherwise is noticed here, and not by what pages weigh.</summary>
    [Fact]
    public async Task Circuit_OfThePortal_WritesItsCallsSo()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var circuit = portal.Services.CreateAsyncScope();

        var runtime = Assert.IsAssignableFrom<JSRuntime>(circuit.ServiceProvider.GetRequiredService<IJSRuntime>());

        Assert.Contains(CircuitArguments.Converter.Only, OptionsOf(runtime).Converters);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    private static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);
}
